package Greenspec::Runtime;

# What an adapter states about its runtime. One object lives as long as its process. `prepare` is called first, once; every other
# method is called by green threads of the runtime. A subclass has:
#
#   name                           a word
#   patches                        what prepare can be asked: 0, 1, or both
#   prepare($patch)                loads the runtime, and sets version, hub, lock, drivers, components
#   run($main)                     runs a program's main to its end
#   patched                        whether the standard library is patched now: looked at, never remembered
#   spawn($body)                   starts a green thread that calls $body and ends with its result; gives what join takes
#   join($thread)                  waits for a green thread; gives what it returned, or raises what it raised
#   kill($thread)                  ends a green thread by the runtime's own means: what it raises there is a Greenspec::Killed
#   sleep(@seconds)                the runtime's own sleep, called with one number or no argument
#   standard_sleep(@seconds)       the standard library's
#   synchronized($name, $body)     calls $body inside the runtime's lock of that name
#   receive($host, $port, $line)   connects, sends a line, and gives the line that comes back, or less if the connection ends before
#   log($path, $line)              appends a line to a file as the runtime's users do
#
# What it does not say how to do, the runtime does not have.

use v5.36;

sub new ($class) {
    return bless { drivers => {}, components => {}, lock => { name => 'none' } }, $class;
}

sub patched ($self)        { return 0 }
sub run     ($self, $main) { return $main->() }

my @ALWAYS    = qw(return raise attempt compute call call/callback touch/file get set when repeat until wait/raw-pipe);
my %BY_METHOD = (
    spawn          => ['spawn'],
    join           => ['join'],
    kill           => ['kill'],
    sleep          => [ 'sleep/library', 'sleep/negative' ],
    standard_sleep => ['sleep/standard'],
    synchronized   => ['synchronized'],
    receive        => ['wait/green'],
    log            => ['touch/log'],
);

# What the runtime has, in the words of the protocol.
sub capabilities ($self) {
    my @drivers = map { "connect/$_" } keys %{ $self->{drivers} };
    return sort(
        @ALWAYS,
        (map { $self->can($_) ? @{ $BY_METHOD{$_} } : () } keys %BY_METHOD),
        (map { $_ ? 'patch/on' : 'patch/off' } $self->patches),
        (@drivers ? ('query', 'close', @drivers) : ()),
    );
}

# The runtime as the answer to initialize has it.
sub identity ($self) {
    my %drivers = map { $_ => { $self->{drivers}{$_}->%{qw(name version library)} } } keys %{ $self->{drivers} };
    return {
        name       => $self->name,
        version    => $self->{version},
        language   => { name => 'Perl', version => sprintf('%vd', $^V) },
        hub        => $self->{hub},
        lock       => { %{ $self->{lock} }, standIn => \1 },
        drivers    => \%drivers,
        components => $self->{components},
    };
}

1;
