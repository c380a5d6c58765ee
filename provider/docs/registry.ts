import type { PackageSchema, Source } from "../schema";
import { languages } from "../package-metadata";
import { variableOf } from "../variable";
import { code, fenced, table } from "./text";
import { inEveryLanguage, usageOf } from "./usage";

const front = (title: string, description: string): string =>
  `---\ntitle: ${title}\nmeta_desc: ${description}\nlayout: package\n---`;
const written = "<!-- Written from the definitions by `npx vitest run test/goldens -u`. -->";

function chooser(samples: ReturnType<typeof inEveryLanguage>): string {
  const tabs = samples.map(({ language, fence, text }) =>
    [`{{% choosable language ${language} %}}`, "", fenced(fence, text), "", "{{% /choosable %}}"].join("\n"),
  );
  return [
    `{{< chooser language "${samples.map(({ language }) => language).join(",")}" >}}`,
    ...tabs,
    "{{< /chooser >}}",
  ].join("\n");
}

/** The first page of the package: what it is, and a program in every language. */
function overview({ definitions }: Source, schema: PackageSchema): string {
  return `${[
    front("golive", "Manage the environments that a product's login, feature flags and analytics run in, with Pulumi."),
    written,
    "golive manages projects, environments, applications, API keys, feature flags and webhook endpoints: staging, production, and going live. What production would refuse fails `pulumi preview`, before anything is touched.",
    "## Example",
    chooser(inEveryLanguage(usageOf("Application", definitions), schema)),
    "Without an account it runs against the *rehearsal*, a management API on your own computer: `golive serve` prints what to set.",
  ].join("\n\n")}\n`;
}

function installation({ config }: Source, schema: PackageSchema): string {
  const settings = Object.entries(schema.config.variables).map(([name, { description = "" }]) => [
    code(name),
    code(variableOf(name)),
    code(`pulumi config set ${config[name]!.secret ? "--secret " : ""}golive:${name} …`),
    description,
  ]);
  return `${[
    front("golive Installation & Configuration", "How to install golive and give it its credentials."),
    written,
    "## Installation",
    [
      `- Node.js (JavaScript, TypeScript): the package ${code(languages.nodejs.packageName)}, from npm. It needs no plugin: see [doors.md](doors.md).`,
      "- YAML, and every other language: the plugin `pulumi-resource-golive`, the command of the npm package `@golive/provider`. The engine finds it on PATH (`npm install --global @golive/provider`), or under `plugins` in Pulumi.yaml.",
      `- Python (\`${languages.python.packageName}\`), Go (\`${languages.go.importBasePath}\`), .NET (\`Pulumi.Golive\`) and Java (\`com.pulumi.golive\`): no such package is published. \`pulumi package add <folder of @golive/provider>\` makes one of the schema in your project, where your Pulumi brings the language's host. What their usages here say is checked against the schema, and run by nobody yet.`,
    ].join("\n"),
    fenced(
      "yaml",
      "name: example\nruntime: yaml\nplugins:\n  providers:\n    - name: golive\n      path: node_modules/@golive/provider",
    ),
    "## Configuration",
    "Each setting comes from an explicit provider's argument, then from its environment variable, then from stack config. Prefer the variables: nothing of them lands in state, and `pulumi refresh` and `pulumi destroy` see a rotated token at once.",
    table(["setting", "variable", "stack config", "what it is"], settings),
    "One more setting is the SDK's for Node.js alone: `golive:door`, `dynamic` or `plugin` ([doors.md](doors.md)).",
  ].join("\n\n")}\n`;
}

/** The pages that Pulumi's registry takes from a package's folder `docs`. */
export const registryPages = (source: Source, schema: PackageSchema): Readonly<Record<string, string>> => ({
  "_index.md": overview(source, schema),
  "installation-configuration.md": installation(source, schema),
});
