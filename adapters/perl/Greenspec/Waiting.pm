package Greenspec::Waiting;

# sleep, compute, wait, touch: the steps that are about switching, or about not switching.

use v5.36;

use Greenspec::Errors;

# Rounds of arithmetic between two looks at a flag: about 0.2 ms.
use constant ROUNDS => 4000;

our %STEPS = (sleep => \&_sleep, compute => \&_compute, wait => \&_wait, touch => \&_touch);

# The file that the harness makes to raise a flag.
sub flag_of ($run, $name) { return "$run->{folder}/flag-$name" }

sub _sleep ($run, $step, $) {
    my $method = $step->{through} eq 'library' ? 'sleep' : 'standard_sleep';
    $run->{runtime}->$method(grep { defined } $step->{seconds});
    return;
}

sub _compute ($run, $step, $) {
    my $flag   = flag_of($run, $step->{until});
    my $number = 1;
    until (-e $flag) {
        $number = $number * 31 % 65_537 for 1 .. ROUNDS;
    }
    return;
}

sub _wait ($run, $step, $self) {
    my $gate = $step->{gate};
    my $line = $step->{through} eq 'green' ? _wait_green($run, $gate, $self) : _wait_raw($run, $gate);
    fail('gate-lost', "gate $gate was lost before the token came") if !defined $line || $line !~ s/\n\z//;
    utf8::decode($line);
    return $line;
}

sub _wait_green ($run, $gate, $self) {
    my $hello = "$run->{nonce} $gate $self->{name} $self->{reported}\n";
    return $run->{runtime}->receive($run->{gates}{host}, $run->{gates}{port}, $hello);
}

# Opens and reads the pipe by Perl's own calls, which block the OS thread.
sub _wait_raw ($run, $gate) {
    open my $pipe, '<', "$run->{folder}/pipe-$gate" or fail("$!", "pipe-$gate: $!");
    return scalar readline $pipe;
}

sub _touch ($run, $step, $self) {
    if ($step->{what} eq 'log') {
        $run->{runtime}->log("$run->{folder}/log.txt", "$run->{nonce} $self->{name}");
        return;
    }
    open my $file, '<:encoding(UTF-8)', "$run->{folder}/readable.txt" or fail("$!", "readable.txt: $!");
    local $/ = undef;
    return scalar readline $file;
}

1;
