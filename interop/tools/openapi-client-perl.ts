import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { command, type Tool } from "../tool.ts";

/** A client of another language that is made when the description is read. */
export const openapiClientPerl: Tool = {
  name: "OpenAPI::Client",
  version: async () =>
    (await command("perl", ["-MOpenAPI::Client", "-e", "print OpenAPI::Client->VERSION"], "/")).trim(),
  needs: "libopenapi-client-perl",
  makes: "Perl, Mojolicious",
  forms: ["openapi-3.0", "openapi-flat"],
  steps: ["generates", "creates", "updates", "deletes"],
  generate: async (bundle, folder) => {
    await writeFile(join(folder, "bundle.pl"), `# The description that the program reads.\n"${bundle}";\n`);
    await writeFile(join(folder, "program.pl"), program);
    await command("perl", ["program.pl", '{"action":"none","calls":[]}'], folder);
  },
  program: ["perl", "program.pl"],
};

const program = String.raw`use strict;
use warnings;
use Mojo::JSON qw(decode_json encode_json);
use OpenAPI::Client;

my $task = decode_json($ARGV[0]);
my $client = OpenAPI::Client->new("file://" . do "./bundle.pl");
$client->base_url(Mojo::URL->new($ENV{BASE_URL})) if $ENV{BASE_URL};
$client->ua->on(start => sub { $_[1]->req->headers->authorization("Bearer $ENV{API_KEY}") });
# It sends a form without files urlencoded, unless a generator of ours says what the description says.
my $transactor = $client->ua->transactor;
$transactor->add_generator(multipart_form => sub {
  my ($self, $tx, $form) = @_;
  $tx->req->headers->content_type('multipart/form-data');
  return $self->generators->{form}->($self, $tx, $form);
});
my %methods = (
  create => 'createNotificationHandler', update => 'updateNotificationHandler', remove => 'deleteNotificationHandler',
);
my @results;
for my $call (@{ $task->{calls} }) {
  my $method = $methods{$task->{action}};
  my $path = $call->{id} ? { notification_handler_id => $call->{id} } : {};
  my @form = $call->{body} ? (multipart_form => $call->{body}) : ();
  my $tx = $client->$method($path, @form);
  my $json = $tx->res->json;
  push @results, $tx->error ? { error => encode_json($json // $tx->error) } : { id => $json->{data}{id} };
}
print encode_json(\@results), "\n";
`;
