package Greenspec;

# Connects a Perl concurrency runtime to greenspec: make a subclass of Greenspec::Runtime, then call Greenspec::serve with its name.
# docs/protocol.md is the contract; everything in it but the runtime's own primitives is done here.

use v5.36;

use POSIX ();

use Greenspec::Channel;
use Greenspec::Errors;
use Greenspec::Runtime;
use Greenspec::Server;

# Serves a runtime over standard input and output. Never returns: the process ends with its input, or by shutdown.
sub serve ($class) {
    my $channel = Greenspec::Channel->new;
    my $server  = Greenspec::Server->new($class, $channel);
    my $over    = eval {
        while (defined(my $line = $channel->line)) {
            $channel->send($server->answer($line));
            last if $server->{done};
        }
        1;
    };
    # Of the channel itself: there is no next line to be had.
    $channel->send({ id => undef, error => $@->as_answer }) if !$over;
    # At once: what was left behind must not hold the process back.
    POSIX::_exit($over ? 0 : 1);
}

1;
