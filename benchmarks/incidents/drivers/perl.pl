# Evaluates expressions on the code in a folder: `perl.pl SPEC FOLDER`, outputs as JSON on stdout.
use strict;
use warnings;
use JSON::PP ();
use Scalar::Util ();

my ($spec_path, $folder) = @ARGV;
alarm 9;
open my $file, '<', $spec_path or die;
my $spec = JSON::PP->new->utf8->decode(do { local $/; <$file> });
unshift @INC, "$folder/lib", $folder;
chdir $folder;
open my $answers, '>&', \*STDOUT or die;
open STDOUT, '>', '/dev/null';
open STDERR, '>', '/dev/null';

# A text by its length and letters, so that any change shows.
sub number {
  my $value = shift;
  return undef unless defined $value;
  return 0 + sprintf '%.9g', $value if Scalar::Util::looks_like_number($value) && $value !~ /nan|inf/i;
  my $sum = 0;
  $sum += ord for split //, "$value";
  return length("$value") + ($sum % 997) / 9970;
}

my $setup = join "\n", @{$spec->{setup}};
my %found;
for my $name (keys %{$spec->{metrics}}) {
  my ($expression, $pool) = @{$spec->{metrics}{$name}};
  my $evaluate = eval "package main; no strict; no warnings; $setup; sub { my \$x = shift; scalar($expression) }";
  next unless $evaluate;
  my @values = map { my $x = $_; my $value = eval { $evaluate->($x) }; number($value) } @{$spec->{pools}{$pool}};
  $found{$name} = \@values if grep { defined } @values;
}
print $answers JSON::PP->new->canonical->encode(\%found);
