package Greenspec::Connections;

# The open connections of a run. A name means the one that this instance opened, else the last that any opened; closed ones are forgotten.

use v5.36;

use Greenspec::Errors;

sub new ($class) { return bless { open => [] }, $class }

sub add ($self, $instance, $name, $connection) {
    push @{ $self->{open} }, { instance => $instance, name => $name, connection => $connection };
    return;
}

sub find ($self, $instance, $name) { return $self->_found($instance, $name)->{connection} }

# Finds a connection and forgets it: it is about to be closed.
sub take ($self, $instance, $name) {
    my $found = $self->_found($instance, $name);
    $self->{open} = [ grep { $_ != $found } @{ $self->{open} } ];
    return $found->{connection};
}

# Closes what the program left open. It may have been lost before, as some programs want it.
sub close_all ($self) {
    for my $open (@{ $self->{open} }) {
        eval { $open->{connection}->close; 1 } or warn "after the run: $@";
    }
    return;
}

sub _found ($self, $instance, $name) {
    my @named = reverse grep { $_->{name} eq $name } @{ $self->{open} };
    my ($own) = grep { $_->{instance} eq $instance } @named;
    return $own // $named[0] // fail('no-connection', "there is no open connection $name");
}

1;
