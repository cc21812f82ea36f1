package Greenspec::Channel;

# The line channel to the harness.

use v5.36;

use POSIX ();

use Greenspec::Errors;
use Greenspec::Values;

use constant {
    MESSAGE_LIMIT => 1024 * 1024,
    CHUNK         => 64 * 1024,
};

# Takes descriptor 1 for itself: a stray print goes to standard error from here on.
sub new ($class) {
    open my $out, '>&', \*STDOUT or die "descriptor 1: $!";
    open STDOUT,  '>&', \*STDERR or die "descriptor 1: $!";
    STDOUT->autoflush;
    $SIG{PIPE} = 'IGNORE';
    return bless { out => $out, pending => '' }, $class;
}

# The next line, or undef at the end of input. Refuses a line over the limit.
sub line ($self) {
    my $end;
    while (($end = index $self->{pending}, "\n") < 0) {
        refuse(NO_REQUEST, 'a line of more than ' . MESSAGE_LIMIT . ' bytes') if length $self->{pending} > MESSAGE_LIMIT;
        sysread(STDIN, $self->{pending}, CHUNK, length $self->{pending}) or return;
    }
    refuse(NO_REQUEST, 'a line of more than ' . MESSAGE_LIMIT . ' bytes') if $end > MESSAGE_LIMIT;
    my $line = substr $self->{pending}, 0, $end + 1, '';
    chop $line;
    return $line;
}

sub send ($self, $message) {
    $self->write(encode({ jsonrpc => '2.0', %$message }) . "\n");
    return;
}

# Writes by the operating system's own call, which nothing makes switch. Ends the process if nobody reads any more.
sub write ($self, $line) {
    while (length $line) {
        my $written = syswrite $self->{out}, $line;
        POSIX::_exit(1) if !defined $written;
        substr $line, 0, $written, '';
    }
    return;
}

1;
