package Greenspec::Server;

# Answers the harness's requests.

use v5.36;

use JSON::PP ();

use Greenspec::Errors;
use Greenspec::Program qw(check_run is_integer);
use Greenspec::Run;
use Greenspec::Values;

use constant PROTOCOL => 1;

sub new ($class, $runtime_class, $channel) {
    return bless { class => $runtime_class, channel => $channel }, $class;
}

# The message that answers a line; without an id, what could not be made out.
sub answer ($self, $line) {
    my ($id, $result);
    eval {
        my $request = _parse($line);
        $id     = $request->{id};
        $result = $self->_serve($request->{method}, $request->{params});
        1;
    } and return { id => $id, result => $result };
    return { id => $id, error => $@->as_answer };
}

sub _parse ($line) {
    my $request = eval { [ decode($line) ] } or refuse(NOT_JSON, 'a line that is no JSON: ' . message_of($@));
    my ($given) = @$request;
    my $is_request = ref $given eq 'HASH' && same($given->{jsonrpc}, '2.0') && is_integer($given->{id}, -2**53, 2**53) &&
      is_string($given->{method});
    refuse(NO_REQUEST, 'a request has jsonrpc "2.0", an integer id, and a method') if !$is_request;
    return $given;
}

sub _serve ($self, $method, $params) {
    return $self->_initialize($params) if $method eq 'initialize';
    return $self->_run($params)        if $method eq 'run';
    refuse(NO_METHOD, "there is no method $method") if $method ne 'shutdown';
    $self->{done} = 1;
    return {};
}

sub _initialize ($self, $params) {
    refuse(NO_REQUEST, 'initialize comes once') if $self->{runtime};
    my $fits = ref $params eq 'HASH' && is_integer($params->{protocol}, -2**53, 2**53) && JSON::PP::is_bool($params->{patch}) &&
      is_integer($params->{pool}, 1, 1000);
    refuse(WRONG_PARAMS, 'initialize needs protocol, an integer; patch, true or false; pool, from 1 to 1000') if !$fits;
    refuse(WRONG_VERSION, 'this adapter speaks version ' . PROTOCOL . ' of the protocol') if $params->{protocol} < PROTOCOL;
    my $runtime = $self->{runtime} = $self->_prepared($params->{patch} ? 1 : 0);
    $self->{capabilities} = { map { $_ => 1 } $runtime->capabilities };
    return {
        protocol     => PROTOCOL,
        runtime      => $runtime->identity,
        patched      => $runtime->patched ? \1 : \0,
        capabilities => [ sort keys %{ $self->{capabilities} } ],
    };
}

sub _prepared ($self, $patch) {
    my $runtime = $self->{class}->new;
    refuse(CANNOT_PREPARE, $runtime->name . ' has no patch/' . ($patch ? 'on' : 'off')) if !grep { $_ == $patch } $runtime->patches;
    eval { $runtime->prepare($patch); 1 } or refuse(CANNOT_PREPARE, $runtime->name . ': ' . _logged($@));
    return $runtime;
}

sub _run ($self, $params) {
    refuse(NO_REQUEST, 'initialize comes first') if !$self->{runtime};
    check_run($params, $self->{capabilities});
    my $run = Greenspec::Run->new($self->{runtime}, $params, $self->{channel});
    return eval { $run->execute } // refuse(RUN_FAILED, 'the run failed: ' . _logged($@));
}

# Shows the error at hand with its place on standard error; the harness gets one line.
sub _logged ($error) {
    warn $error;
    return message_of($error);
}

1;
