package Greenspec::Run;

# One run of a program: all its state. Nothing is left for the next run.

use v5.36;

use Greenspec::Connections;
use Greenspec::Errors;
use Greenspec::Events;
use Greenspec::Steps;

# Runs that left green threads behind: to forget one may end it where it stands.
my @left;

sub new ($class, $runtime, $params, $channel) {
    my $program = $params->{program};
    return bless {
        $params->%{qw(nonce folder gates database)},
        runtime     => $runtime,
        events      => Greenspec::Events->new($channel, $params->{run}),
        threads     => $program->{threads},
        variables   => { %{ $program->{variables} // {} } },
        instances   => {},
        connections => Greenspec::Connections->new,
        unfinished  => 0,
    }, $class;
}

# Runs the program; gives the result of the request.
sub execute ($self) {
    my $main  = { name => 'main', locals => {}, reported => 0 };
    my $steps = $self->{threads}{main}{steps};
    if (!eval { $self->{runtime}->run(sub { Greenspec::Steps::perform($self, $steps, $main) }); 1 }) {
        my $error = $@;
        # The step has reported it if it has a label; if not, only this line tells.
        warn 'main ended by ' . message_of($error) . "\n" if !Greenspec::Returned->is($error);
    }
    my $result = { events => $self->{events}->close, unfinished => $self->{unfinished} };
    # A connection that a green thread left behind may be using is not safe to close; its process will be replaced.
    if   ($self->{unfinished}) { push @left, $self }
    else                       { $self->{connections}->close_all }
    return $result;
}

# A new instance of a green thread, unfinished until it is forgotten.
sub instance ($self, $thread) {
    my $instances = $self->{instances}{$thread} //= [];
    my $instance  = { name => $thread . '#' . (@$instances + 1), locals => {}, reported => 0 };
    push @$instances, $instance;
    $self->{unfinished}++;
    return $instance;
}

sub forget ($self, $instance) {
    $self->{unfinished}-- if !$instance->{forgotten}++;
    return;
}

# The life of an instance; gives what it returns.
sub live ($self, $thread, $instance) {
    $instance->{begun} = 1;
    my $fine  = eval { Greenspec::Steps::perform($self, $self->{threads}{$thread}{steps}, $instance); 1 };
    my $error = $fine ? undef : $@;
    $instance->{complete} = !Greenspec::Killed->is($error);
    $self->forget($instance);
    return if $fine;
    return $error->{value} if Greenspec::Returned->is($error);
    die $error;
}

1;
