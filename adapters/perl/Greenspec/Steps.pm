package Greenspec::Steps;

# Runs steps, each with its events where it has a label.

use v5.36;
no warnings 'recursion';

use Greenspec::Errors;
use Greenspec::Joining;
use Greenspec::Values;
use Greenspec::Waiting;

# What a runtime's sleep, say, gives is no value.
my %VALUED = map { $_ => 1 } qw(join attempt wait touch get set query);

# For each step, a function of the run, the step, and the instance that runs it.
my %STEPS = (
    %Greenspec::Joining::STEPS,
    %Greenspec::Waiting::STEPS,
    return       => sub ($run, $step, $) { Greenspec::Returned->throw($step->{value}) },
    raise        => sub ($run, $step, $) { fail($step->{error}, "$step->{error}, raised by the program") },
    attempt      => \&_attempt,
    call         => sub ($run, $step, $self) { _call($step->{depth}, $step->{via}, sub { perform($run, $step->{steps}, $self) }) },
    get          => sub ($run, $step, $) { $run->{variables}{ $step->{variable} } },
    set          => \&_set,
    when         => sub ($run, $step, $self) {
        perform($run, $step->{steps}, $self) if same($self->{locals}{ $step->{local} }, $step->{is});
    },
    repeat       => sub ($run, $step, $self) { perform($run, $step->{steps}, $self) for 1 .. $step->{times} },
    until        => \&_until,
    synchronized => \&_synchronized,
    connect      => \&_connect,
    query        => \&_query,
    close        => sub ($run, $step, $self) { $run->{connections}->take($self->{name}, $step->{connection})->close },
);

# Runs a list of steps in an instance's green thread.
sub perform ($run, $steps, $self) {
    for my $step (@$steps) {
        my $value = defined $step->{label} ? _reported($run, $step, $self) : $STEPS{ $step->{do} }->($run, $step, $self);
        $self->{locals}{ $step->{into} } = $value if defined $step->{into};
    }
    return;
}

sub _reported ($run, $step, $self) {
    my ($events, $name, $label) = ($run->{events}, $self->{name}, $step->{label});
    $self->{reported} = $events->started($name, $label);
    my $value;
    my $fine  = eval { $value = $STEPS{ $step->{do} }->($run, $step, $self); 1 };
    my $error = $@;
    if    ($fine)                           { $events->finished($name, $label, $VALUED{ $step->{do} } ? $value : undef) }
    elsif (Greenspec::Returned->is($error)) { $events->finished($name, $label) }
    else                                    { $events->raised($name, $label, $error) }
    die $error if !$fine;
    return $value;
}

sub _attempt ($run, $step, $self) {
    return if eval { perform($run, $step->{steps}, $self); 1 };
    my $error = $@;
    die $error if Greenspec::Ending->is($error);
    return code_of($error);
}

sub _call ($depth, $via, $body) {
    return _call($depth - 1, $via, $body) if $depth > 1;
    return $body->() if !defined $via;
    my @sorted = sort { $body->(); 0 } 1, 2;    # compares once, from the midst of a C function
    return;
}

# A plain read and a plain write of a hash, which cannot switch.
sub _set ($run, $step, $self) {
    my $value = defined $step->{from} ? $self->{locals}{ $step->{from} } : $step->{value};
    if (defined $step->{plus}) {
        fail('not-a-number', encode($value) . ' is no number that something can be added to') if !is_number($value);
        $value += $step->{plus};
    }
    return $run->{variables}{ $step->{variable} } = $value;
}

sub _until ($run, $step, $self) {
    my $flag = defined $step->{unless} ? Greenspec::Waiting::flag_of($run, $step->{unless}) : undef;
    until (same($run->{variables}{ $step->{variable} }, $step->{is}) || (defined $flag && -e $flag)) {
        perform($run, $step->{steps}, $self);
    }
    return;
}

sub _synchronized ($run, $step, $self) {
    my $body = sub {
        $run->{events}->entered($self->{name}, $step->{label}) if defined $step->{label};
        perform($run, $step->{steps}, $self);
    };
    $run->{runtime}->synchronized($step->{name}, $body);
    return;
}

sub _connect ($run, $step, $self) {
    my $address = $run->{database} // fail('no-database', 'the run has no database');
    my $connection = $run->{runtime}{drivers}{ $step->{driver} }{open}->($address);
    $run->{connections}->add($self->{name}, $step->{connection}, $connection);
    return;
}

sub _query ($run, $step, $self) {
    my $comment = "/* greenspec $run->{nonce} $self->{name} $run->{events}{last} */ ";
    return $run->{connections}->find($self->{name}, $step->{connection})->query($comment . $step->{sql});
}

1;
