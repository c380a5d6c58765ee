import { packageName } from "./token";

/**
 * Where the project is at home: the registry, and the engine for a plugin that is not there, look under it. A name that is
 * nobody's until there is a home, so that no engine takes a plugin from somebody else's.
 */
const home = `https://${packageName}.example`;

/** What Pulumi's registry says of the package. */
export const metadata = {
  displayName: packageName,
  description:
    "Environments that a product's login, feature flags and analytics run in: staging, production, going live.",
  keywords: ["pulumi", packageName, "category/cloud", "kind/native", "feature-flags", "authentication"],
  publisher: packageName,
  license: "Apache-2.0",
  homepage: home,
  repository: `${home}/repository`,
  logoUrl: `${home}/logo.svg`,
  pluginDownloadURL: `${home}/plugins`,
} as const;

/** How a generated SDK of each language is called. Node.js has the SDK of this package, with components and policies. */
export const languages = {
  nodejs: { packageName: "@golive/pulumi", respectSchemaVersion: true },
  python: {
    packageName: `pulumi_${packageName}`,
    respectSchemaVersion: true,
    inputTypes: "classes-and-dicts",
    pyproject: { enabled: true },
  },
  go: {
    importBasePath: `${packageName}.example/sdk/go/${packageName}`,
    generateResourceContainerTypes: true,
    respectSchemaVersion: true,
  },
  csharp: { rootNamespace: "Pulumi", namespaces: { [packageName]: "Golive" }, respectSchemaVersion: true },
  java: { basePackage: "com.pulumi", buildFiles: "gradle" },
  yaml: {},
} as const;
