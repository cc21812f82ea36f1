package Greenspec::Events;

# The events of one run: each numbered and written before its step goes on, and never kept back. Nothing here can switch: Perl's own
# calls do not, and there is one interpreter to an OS thread.

use v5.36;

use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);

use Greenspec::Errors;
use Greenspec::Values;

# A pipe takes this many bytes in one piece; what a message may take of it.
use constant {
    LIMIT        => 4096,
    MESSAGE_ROOM => 2000,
};

sub new ($class, $channel, $run) {
    my $head = qq({"jsonrpc":"2.0","method":"event","params":{"run":"$run","n":);
    return bless { channel => $channel, head => $head, last => 0, closed => 0 }, $class;
}

# Each gives the event's number.
sub started ($self, $thread, $label) { return $self->_write($thread, $label, 'started') }
sub entered ($self, $thread, $label) { return $self->_write($thread, $label, 'entered') }

sub finished ($self, $thread, $label, $value = undef) {
    return $self->_write($thread, $label, 'finished', sub ($room) { ',"value":' . _fit($value, $room) });
}

sub raised ($self, $thread, $label, $error) {
    my $code = encode('' . code_of($error));
    my $said = _fit(message_of($error), MESSAGE_ROOM);
    return $self->_write($thread, $label, 'raised', sub ($) { qq(,"error":{"code":$code,"message":$said}) });
}

# Ends the run and gives the last number. What green threads that were left behind still do is no event of it.
sub close ($self) {
    $self->{closed} = 1;
    return $self->{last};
}

# By hand, since names need no escapes and a JSON encoder would take longer than the write itself.
sub _write ($self, $thread, $label, $phase, $detail = undef) {
    return $self->{last} if $self->{closed};
    my $n     = ++$self->{last};
    my $at    = sprintf '%.3f', clock_gettime(CLOCK_MONOTONIC) * 1000;
    my $event = qq($self->{head}$n,"thread":"$thread","os":${\_os_thread()},"at":$at,"label":"$label","phase":"$phase");
    $event .= $detail->(LIMIT - length($event) - 20) if $detail;
    $self->{channel}->write($event . "}}\n");
    return $n;
}

# As the kernel knows it: PID/task/TID. Without procfs, the process, which has one OS thread that runs Perl.
sub _os_thread () { return (readlink('/proc/thread-self') // $$) =~ s{.*/}{}r }

sub _fit ($value, $room) {
    my $json = encode($value);
    return length $json <= $room ? $json : shortened($value, $room);
}

1;
