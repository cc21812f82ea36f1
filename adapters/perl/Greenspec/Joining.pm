package Greenspec::Joining;

# spawn, join, kill.

use v5.36;

use Greenspec::Errors;

our %STEPS = (spawn => \&_spawn, join => \&_join, kill => \&_kill);

sub _spawn ($run, $step, $) {
    my $thread = $step->{thread};
    my $count  = $step->{count} // $run->{threads}{$thread}{count} // 1;
    for (1 .. $count) {
        my $spawned = $run->instance($thread);
        $spawned->{handle} = $run->{runtime}->spawn(sub { $run->live($thread, $spawned) });
    }
    return;
}

sub _join ($run, $step, $self) {
    my (@results, @failures);
    for my $spawned (@{ $run->{instances}{ $step->{thread} } // [] }) {
        eval { push @results, _ending($run, $spawned, $self); 1 } or push @failures, $@;
        die $failures[-1] if @failures && $self->{killed};
    }
    die $failures[0] if @failures;
    return @results > 1 ? \@results : $results[0];
}

sub _ending ($run, $spawned, $self) {
    my $value;
    my $fine  = eval { $value = $run->{runtime}->join($spawned->{handle}); 1 };
    my $error = $@;
    die $error if !$fine && $self->{killed};
    # Runtimes differ in what they give: an error, nothing.
    fail('killed', "$spawned->{name} was killed") if $spawned->{killed} && !$spawned->{complete};
    die $error if !$fine;
    return $value;
}

sub _kill ($run, $step, $) {
    for my $spawned (@{ $run->{instances}{ $step->{thread} } // [] }) {
        $spawned->{killed} = 1;
        $run->{runtime}->kill($spawned->{handle});
        $run->forget($spawned) if !$spawned->{begun};
    }
    return;
}

1;
