#!/usr/bin/perl
# Coro's threads on EV: they switch where they wait by Coro's own calls, on one OS thread.

use v5.36;

use FindBin;
use lib $FindBin::Bin;

use Greenspec;

package CoroThreads {
    our @ISA = ('Greenspec::Runtime');
    no warnings 'once';    # of Coro's variables, which come at run time

    sub name    ($) { return 'perl-coro' }
    sub patches ($) { return (0, 1) }

    # Coro::Select is what Coro has to patch: it puts itself in the place of Perl's select, in all code that is compiled from then on.
    sub prepare ($self, $patch) {
        require EV;
        require Coro;
        require Coro::AnyEvent;
        require Coro::SemaphoreSet;
        require Coro::Socket;
        require AnyEvent::Log;
        require Greenspec::MySQL;
        if ($patch) { require Coro::Select; Coro::Select->import }
        # Perl's way to sleep for less than a second; its sleep counts whole ones.
        $self->{select}     = eval 'sub (@seconds) { @seconds ? select(undef, undef, undef, $seconds[0]) : select() }' or die $@;
        $self->{locks}      = Coro::SemaphoreSet->new;
        $self->{version}    = Coro->VERSION;
        $self->{hub}        = AnyEvent::detect();
        $self->{lock}       = { name => 'Coro::SemaphoreSet', version => Coro->VERSION };
        $self->{drivers}    = Greenspec::MySQL::drivers();
        $self->{components} = { AnyEvent => AnyEvent->VERSION, EV => EV->VERSION };
        return;
    }

    sub patched ($self) { return defined &CORE::GLOBAL::select }

    # The clock of EV has stood still while this process has read its input by a call that blocks.
    sub run ($self, $main) {
        EV::now_update();
        return $main->();
    }

    # A thread that dies takes the process down: what it raises is caught inside, as in any program on Coro.
    sub spawn ($self, $body) {
        return Coro::async(sub { $Coro::current->{begun} = 1; my $value; return eval { $value = $body->(); 1 } ? (1, $value) : (0, $@) });
    }

    sub join ($self, $thread) {
        my ($fine, $ending) = $thread->join or return;    # nothing, of one that was cancelled
        die $ending if !$fine;
        return $ending;
    }

    # Not by cancel, which crashes Perl 5.36 where a thread waits inside a sub with variables of its own. But what is thrown into a
    # thread that has not begun takes the process down.
    sub kill ($self, $thread) { return $thread->{begun} ? $thread->throw(Greenspec::Killed->new) : $thread->cancel }

    # A call without its argument is none that Perl compiles.
    sub sleep ($self, @seconds) {
        return Coro::AnyEvent::sleep($seconds[0]) if @seconds;
        eval 'Coro::AnyEvent::sleep(); 1' or die $@;
    }

    sub standard_sleep ($self, @seconds) { return $self->{select}->(@seconds) }

    sub synchronized ($self, $name, $body) {
        my $held = $self->{locks}->guard($name);
        return $body->();
    }

    sub receive ($self, $host, $port, $line) {
        my $socket = Coro::Socket->new(PeerHost => $host, PeerPort => $port);
        my $why    = "$!";
        # There is a socket where the connection was refused, too.
        Greenspec::Errors::fail($why, "$host:$port: $why") if !$socket || !$socket->peername;
        $socket->print($line);
        return scalar $socket->readline;
    }

    sub log ($self, $path, $line) {
        my $log = AnyEvent::Log::Ctx->new(level => 'info', log_to_file => $path, fmt_cb => sub ($, $, $, $line) { "$line\n" });
        return $log->log(info => $line);
    }
}

Greenspec::serve('CoroThreads');
