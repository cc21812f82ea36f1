package Greenspec::Errors;

use v5.36;

use Exporter 'import';

our @EXPORT = qw(fail refuse code_of message_of
  NOT_JSON NO_REQUEST NO_METHOD WRONG_PARAMS WRONG_VERSION CANNOT_PREPARE RUN_FAILED);

# The errors of docs/protocol.md, and JSON-RPC's own.
use constant {
    NOT_JSON       => -32700,
    NO_REQUEST     => -32600,
    NO_METHOD      => -32601,
    WRONG_PARAMS   => -32602,
    WRONG_VERSION  => -32001,
    CANNOT_PREPARE => -32002,
    RUN_FAILED     => -32003,
};

# An error of a program's own making: what a raise step raises, and what a step does that cannot be done. The code is as attempt
# gives it; a number is MySQL's.
sub fail ($code, $message) { die bless { code => $code, message => $message }, 'Greenspec::StepError' }

# The answer to a request that cannot be served.
sub refuse ($code, $message) { die bless { code => $code, message => substr($message, 0, 1000) }, 'Greenspec::Refusal' }

# The code of what was raised: a step's own, else its class, which a text has not.
sub code_of ($error) {
    return ref $error || 'die' if ref $error ne 'Greenspec::StepError';
    return $error->{code};
}

# What was raised, in words; a text without where.
sub message_of ($error) {
    return $error->{message} if ref $error && $error->can('as_answer');
    return "$error" =~ s/ at (?:\(eval \d+\)|\S+) line \d+.*//sr;
}

package Greenspec::StepError {
    sub as_answer ($self) { return {%$self} }
}

package Greenspec::Refusal {
    our @ISA = ('Greenspec::StepError');
}

# What ends a green thread from inside, and what may end it from outside: no attempt holds it up.
package Greenspec::Ending {
    sub is ($class, $error) { return ref $error && $error->isa($class) }
}

package Greenspec::Returned {
    our @ISA = ('Greenspec::Ending');
    sub throw ($class, $value) { die bless { value => $value }, $class }
}

package Greenspec::Killed {
    our @ISA = ('Greenspec::Ending');
    sub new ($class) { return bless { message => 'killed' }, $class }
    sub as_answer ($self) { return {%$self} }
}

1;
