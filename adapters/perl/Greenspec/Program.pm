package Greenspec::Program;

# The parameters of run, held against the protocol before anything is done with them.

use v5.36;
no warnings 'recursion';

use Exporter 'import';
use JSON::PP ();

use Greenspec::Errors;
use Greenspec::Values;

our @EXPORT_OK = qw(check_run is_integer);

# Steps beyond this would make for a deep stack somewhere in the middle of a run.
use constant NESTING_LIMIT => 100;

sub is_integer ($given, $least, $most) {
    return is_number($given) && $given == int $given && $least <= $given && $given <= $most;
}

sub _is_value ($given) {
    return ref $given eq 'ARRAY' ? !grep({ !_is_value($_) } @$given) : ref $given ne 'HASH';
}

# What a field of an object must be: what that means, and whether a value fits.
sub field    ($means, $fits) { return { means => $means, fits => $fits } }
sub optional ($field)        { return { %$field, optional => 1 } }

sub integer ($least, $most) {
    return field("an integer from $least to $most", sub ($given) { is_integer($given, $least, $most) });
}

sub number ($means, $least, $most) {
    return field($means, sub ($given) { is_number($given) && $least <= $given && $given <= $most });
}

sub matches ($means, $pattern) {
    return field($means, sub ($given) { is_string($given) && $given =~ $pattern });
}

sub one_of (@words) {
    my $any = join '|', map { quotemeta } @words;
    return matches(join(' or ', @words), qr/\A(?:$any)\z/);
}

my $NAME   = matches('a name: a letter, then at most 39 letters, digits, or _ . -', qr/\A[A-Za-z][A-Za-z0-9_.-]{0,39}\z/);
my $VALUE  = field('a string, a number, true, false, null, or a list of these', \&_is_value);
my $NUMBER = field('a number', \&is_number);
my $COUNT  = integer(1, 100_000);
my $SQL    = field('a statement of 1 to 10000 characters', sub ($given) { is_string($given) && $given ne '' && length $given <= 10_000 });
my $TEXT   = field('a string', \&is_string);
my $LIST   = field('a list of steps', sub ($given) { ref $given eq 'ARRAY' });
my $OBJECT = field('an object', sub ($given) { ref $given eq 'HASH' });
my $PORT   = integer(1, 65_535);

# Less than 0 is for a profile to ask what it does.
my $SLEEP = number('a number from -60 to 60', -60, 60);

# The fields of each step beside do and label, which all have.
my %STEPS = (
    spawn        => { thread => $NAME, count => optional($COUNT) },
    join         => { thread => $NAME, into => optional($NAME) },
    kill         => { thread => $NAME },
    return       => { value => $VALUE },
    raise        => { error => $NAME },
    attempt      => { into => optional($NAME), steps => $LIST },
    sleep        => { seconds => optional($SLEEP), through => one_of('library', 'standard') },
    compute      => { until => $NAME },
    wait         => { label => $NAME, gate => $NAME, through => one_of('green', 'raw-pipe'), into => optional($NAME) },
    call         => { depth => integer(1, 100), via => optional(one_of('callback')), steps => $LIST },
    touch        => { what => one_of('file', 'log') },
    get          => { variable => $NAME, into => optional($NAME) },
    set          => { variable => $NAME, value => optional($VALUE), from => optional($NAME), plus => optional($NUMBER) },
    when         => { local => $NAME, is => $VALUE, steps => $LIST },
    synchronized => { name => $NAME, steps => $LIST },
    connect      => { connection => $NAME, driver => one_of(qw(c-library native thread-pool connection-pool)) },
    query        => { connection => $NAME, sql => $SQL, into => optional($NAME) },
    close        => { connection => $NAME },
    repeat       => { times => integer(1, 1_000_000), steps => $LIST },
    until        => { variable => $NAME, is => $VALUE, unless => optional($NAME), steps => $LIST },
);
%$_ = (do => $TEXT, label => optional($NAME), %$_) for values %STEPS;

my %RUN = (
    run     => $NAME,
    nonce   => matches('16 hexadecimal digits', qr/\A[0-9a-f]{16}\z/),
    program => $OBJECT, gates => $OBJECT, folder => $TEXT, database => optional($OBJECT),
);
my %GATES    = (host    => $TEXT, port => $PORT);
my %DATABASE = (host    => $TEXT, port => $PORT, user => $TEXT, password => $TEXT, database => $TEXT);
my %PROGRAM  = (threads => $OBJECT, variables => optional($OBJECT));
my %THREAD   = (steps   => $LIST,   count     => optional($COUNT));

# Refuses, with the place and the reason, what is no run that an adapter with these capabilities can do.
sub check_run ($params, $capabilities) {
    _check_fields('params', $params, \%RUN);
    _check_fields('gates', $params->{gates}, \%GATES);
    _check_fields('database', $params->{database}, \%DATABASE) if exists $params->{database};
    my $program = $params->{program};
    _check_fields('program', $program, \%PROGRAM);
    for my $name (keys %{ $program->{variables} // {} }) {
        _check("variables.$name", $name, $NAME);
        _check("variables.$name", $program->{variables}{$name}, $VALUE);
    }
    my $threads = $program->{threads};
    _refuse('threads', 'a program needs a green thread named main') if !exists $threads->{main};
    for my $name (keys %$threads) {
        _check("threads.$name", $name, $NAME);
        _check_fields("threads.$name", $threads->{$name}, \%THREAD);
        _check_steps("threads.$name.steps", $threads->{$name}{steps}, $threads, $capabilities, 1);
    }
    return;
}

# The word that a step takes: sleep/library, connect/native, repeat.
sub _capability_of ($step) {
    return 'sleep/negative' if $step->{do} eq 'sleep' && ($step->{seconds} // 0) < 0;
    return join '/', $step->{do}, grep { defined } @$step{qw(through driver what via)};
}

sub _check_steps ($at, $steps, $threads, $capabilities, $depth) {
    _refuse('program', 'steps nested more than ' . NESTING_LIMIT . ' deep') if $depth > NESTING_LIMIT;
    for my $index (keys @$steps) {
        my $step = $steps->[$index];
        _check_step("${at}[$index]", $step, $threads, $capabilities);
        _check_steps("${at}[$index].steps", $step->{steps}, $threads, $capabilities, $depth + 1) if exists $step->{steps};
    }
    return;
}

sub _check_step ($at, $step, $threads, $capabilities) {
    _check($at, $step, $OBJECT);
    my $fields = is_string($step->{do}) ? $STEPS{ $step->{do} } : undef;
    _refuse($at, 'unknown step ' . encode($step->{do})) if !$fields;
    _check_fields($at, $step, $fields);
    my $thread = $step->{thread};
    _refuse($at, "there is no green thread $thread in the program") if defined $thread && !exists $threads->{$thread};
    my $word = _capability_of($step);
    _refuse($at, "this runtime has no $word") if !$capabilities->{$word};
    return;
}

sub _check_fields ($at, $given, $fields) {
    _check($at, $given, $OBJECT);
    for my $name (sort keys %$fields) {
        if    (exists $given->{$name})      { _check("$at.$name", $given->{$name}, $fields->{$name}) }
        elsif (!$fields->{$name}{optional}) { _refuse($at, "$name is missing") }
    }
    for my $name (sort keys %$given) { _refuse($at, "unknown field $name") if !exists $fields->{$name} }
    return;
}

sub _check ($at, $given, $field) {
    _refuse($at, "expected $field->{means}") if !$field->{fits}->($given);
    return;
}

sub _refuse ($at, $reason) { refuse(WRONG_PARAMS, "$at: $reason") }

1;
