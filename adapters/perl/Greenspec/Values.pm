package Greenspec::Values;

# Values of a program: JSON without objects.

use v5.36;

use B        ();
use Exporter 'import';
use JSON::PP ();

our @EXPORT = qw(encode decode shortened same plain is_number is_string);

# Beyond this, integers travel as strings: a reader whose numbers are doubles would round them.
use constant EXACT => 1 << 53;

my $json = JSON::PP->new->ascii->allow_nonref->canonical;
my $read = JSON::PP->new->utf8->allow_nonref->max_depth(2000);

# JSON in ASCII, on one line; what JSON cannot say (an infinity) as a string.
sub encode ($value) {
    return 'null' if !defined $value;
    return $json->encode(is_number($value) && "$value" =~ /n/i ? "$value" : $value);
}

# Dies if the bytes are no JSON in UTF-8.
sub decode ($bytes) { return $read->decode($bytes) }

# JSON of at most so many characters for a value that needs more: the beginning of its text, ended by an ellipsis.
sub shortened ($value, $room) {
    my $text = is_string($value) ? $value : encode($value);
    my $keep = $room;
    while (1) {
        my $short = encode(substr($text, 0, $keep) . "\x{2026}");
        return $short if length $short <= $room;
        $keep = int($keep * $room / length $short);
    }
}

# Equality as JSON has it, which knows 1 from "1".
sub same ($one, $other) { return encode($one) eq encode($other) }

# What a driver gives for one column, as a string, a number or undef.
sub plain ($cell) {
    return is_number($cell) && abs($cell) > EXACT && $cell == int($cell) ? "$cell" : $cell;
}

# Perl takes strings of digits for numbers, and JSON does not: how a scalar was made tells them apart.
sub is_number ($value) {
    return 0 if !defined $value || ref $value;
    my $flags = B::svref_2object(\$value)->FLAGS;
    return $flags & (B::SVp_IOK | B::SVp_NOK) && !($flags & B::SVp_POK) ? 1 : 0;
}

sub is_string ($value) { return defined $value && !ref $value && !is_number($value) ? 1 : 0 }

1;
