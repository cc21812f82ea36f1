package Greenspec::MySQL;

# DBD::mysql, which is around a C library. It is no driver of the runtime where it is not installed.

use v5.36;

use Greenspec::Errors;
use Greenspec::Values;

sub drivers () {
    eval { require DBI; require DBD::mysql; 1 } or return {};
    return { 'c-library' => { name => 'DBD::mysql', version => DBD::mysql->VERSION, library => 'mysql.so', open => \&_open } };
}

sub _open ($address) {
    my $source = "DBI:mysql:database=$address->{database};host=$address->{host};port=$address->{port}";
    my %set    = (RaiseError => 0, PrintError => 0, AutoCommit => 1, mysql_enable_utf8mb4 => 1);
    my $handle = DBI->connect($source, @$address{qw(user password)}, \%set) or fail(DBI->err, DBI->errstr);
    my $self   = bless { handle => $handle }, __PACKAGE__;
    $self->query('SET autocommit = 1');    # a server may be configured otherwise
    return $self;
}

# The rows, or undef where there is no result set.
sub query ($self, $sql) {
    utf8::upgrade($sql);
    my $statement = $self->{handle}->prepare($sql);
    fail($self->{handle}->err, $self->{handle}->errstr) if !$statement || !$statement->execute;
    return if !$statement->{NUM_OF_FIELDS};
    my $rows = $statement->fetchall_arrayref;
    return [ map { [ map { plain($_) } @$_ ] } @$rows ];
}

sub close ($self) {
    $self->{handle}->disconnect;
    return;
}

1;
