import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type Definition, type Field, type Fields, namesOf } from "./define";
import { packageName, tokenOf } from "./token";
import { variableOf } from "./variable";

/** What the comment over a field says, and the default that its `@default` names. */
export interface Comment {
  readonly text: string;
  readonly initial?: string;
}
/** By resource type, and by `Type.field` and `Type.field.part`. */
export type Comments = Readonly<Record<string, Comment>>;

export interface TypeSpec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
}
export interface PropertySpec extends TypeSpec {
  readonly description?: string;
  readonly default?: unknown;
  readonly defaultInfo?: { readonly environment: readonly string[] };
  readonly secret?: true;
  readonly replaceOnChanges?: true;
  readonly willReplaceOnChanges?: true;
}
export type PropertySpecs = Readonly<Record<string, PropertySpec>>;
/** A named type: an object with properties, or an enum. */
export interface NamedType {
  readonly type: string;
  readonly description?: string;
  readonly properties?: PropertySpecs;
  readonly required?: readonly string[];
  readonly enum?: readonly { readonly value: string }[];
}
export interface ResourceSpec {
  readonly description?: string;
  readonly inputProperties: PropertySpecs;
  readonly requiredInputs: readonly string[];
  readonly properties: PropertySpecs;
  readonly required: readonly string[];
}
/** The part of JSON Schema that zod writes for the types of our fields. */
interface Json {
  /** One, or several of them. */
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly items?: Json;
  readonly anyOf?: readonly Json[];
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly default?: unknown;
}

const refTo = (name: string): TypeSpec => ({ $ref: `#/types/${tokenOf(name)}` });
const capital = (name: string) => name[0]!.toUpperCase() + name.slice(1);

const isRequired = ({ schema }: Field) => !schema.safeParse(undefined).success;
const isAlwaysThere = ({ schema }: Field) => schema.safeParse(undefined).data !== undefined || isRequired({ schema });

/** Builds named types on the way, because a Pulumi schema names every object and enum. */
class Types {
  readonly named: Record<string, NamedType> = {};
  constructor(private readonly comments: Comments) {}

  /** A description; a default that only the comment knows is part of it. */
  describe(path: string, initial: unknown): string | undefined {
    const comment = this.comments[path];
    if (!comment) return undefined;
    return comment.initial !== undefined && initial === undefined
      ? `${comment.text} Default: ${comment.initial}.`
      : comment.text;
  }

  /** @param name For the type, should it need one. @param path Of its comments. */
  of(json: Json, name: string, path: string): TypeSpec {
    if (json.anyOf) return { oneOf: json.anyOf.map((option) => this.of(option, name, path)) };
    if (json.enum) return this.#enum(json.enum, name);
    if (json.properties) return this.#object(json, name, path);
    if (json.items) return { type: "array", items: this.of(json.items, name, path) };
    if (json.type === undefined) throw new TypeError(`${path} has a type that schema.json has no word for`);
    return typeof json.type === "string" ? { type: json.type } : { oneOf: json.type.map((type) => ({ type })) };
  }

  property(json: Json, name: string, path: string): PropertySpec {
    const description = this.describe(path, json.default);
    return {
      ...this.of(json, name, path),
      ...(description !== undefined && { description }),
      ...(json.default !== undefined && { default: json.default }),
    };
  }

  #enum(values: readonly string[], name: string): TypeSpec {
    const choices = { type: "string", enum: values.map((value) => ({ value })) };
    const known = this.named[tokenOf(name)] ?? choices;
    if (!isDeepStrictEqual(known, choices)) throw new TypeError(`${name} has two sets of values`);
    this.named[tokenOf(name)] = choices;
    return refTo(name);
  }

  #object({ properties = {}, required }: Json, name: string, path: string): TypeSpec {
    const parts = Object.entries(properties);
    // parts that all choose from the same values share one enum
    const isShared = parts.length > 1 && new Set(parts.map(([, json]) => JSON.stringify(json))).size === 1;
    const described = parts.map(([part, json]) => [
      part,
      this.property(json, isShared ? `${name}Value` : `${name}${capital(part)}`, `${path}.${part}`),
    ]);
    const description = this.describe(path, undefined);
    this.named[tokenOf(name)] = {
      type: "object",
      ...(description !== undefined && { description }),
      properties: Object.fromEntries(described) as PropertySpecs,
      ...(required?.length && { required }),
    };
    return refTo(name);
  }
}

/** The name of a field's type. What is filled in from a resource has the type of that resource's own field. */
function typeName(type: string, fields: Fields, name: string): string {
  const [source, property] = fields[name]!.from ?? [];
  const ref = source === undefined ? undefined : fields[source]?.ref;
  return ref !== undefined && property !== undefined ? `${ref}${capital(property)}` : `${type}${capital(name)}`;
}

function propertiesOf(type: string, fields: Fields, types: Types, mark: (field: Field) => object): PropertySpecs {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const json = z.toJSONSchema(field.schema, { io: "input" }) as Json;
      const property = types.property(json, typeName(type, fields, name), `${type}.${name}`);
      return [name, { ...property, ...(field.secret && { secret: true }), ...mark(field) }];
    }),
  );
}

/** Output properties carry no defaults: what state holds is what there is. */
const withoutDefaults = (properties: PropertySpecs): PropertySpecs =>
  Object.fromEntries(Object.entries(properties).map(([name, { default: _, ...property }]) => [name, property]));

function resourceOf({ type, inputs, outputs }: Definition, types: Types) {
  const all = { ...inputs, ...outputs };
  return {
    description: types.describe(type, undefined),
    inputProperties: propertiesOf(type, inputs, types, (f) => (f.replace ? { willReplaceOnChanges: true } : {})),
    requiredInputs: namesOf(inputs, isRequired),
    properties: withoutDefaults(propertiesOf(type, all, types, (f) => (f.replace ? { replaceOnChanges: true } : {}))),
    required: namesOf(all, isAlwaysThere),
    // the other door's type: a stack changes doors without replacing anything
    aliases: [{ type: `pulumi-nodejs:dynamic/${packageName}:${type}` }],
  };
}

function configOf(fields: Fields, types: Types): PropertySpecs {
  const properties = Object.entries(propertiesOf("Provider", fields, types, () => ({})));
  return Object.fromEntries(
    properties.map(([name, property]) => [name, { ...property, defaultInfo: { environment: [variableOf(name)] } }]),
  );
}

/** What the package schema is made of; the comments are read from the definitions' source, by the tests. */
export interface Source {
  readonly version: string;
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly config: Fields;
  readonly comments: Comments;
}

/** The definitions as a Pulumi package schema. Pure: a test keeps schema.json equal to it. */
export function packageSchema({ version, definitions, config, comments }: Source) {
  const types = new Types(comments);
  const variables = configOf(config, types);
  const resources: Record<string, ResourceSpec> = Object.fromEntries(
    Object.values(definitions).map((definition) => [tokenOf(definition.type), resourceOf(definition, types)]),
  );
  return {
    name: packageName,
    displayName: packageName,
    version,
    description:
      "Environments that a product's login, feature flags and analytics run in: staging, production, going live.",
    keywords: ["pulumi", packageName, "category/cloud"],
    license: "Apache-2.0",
    language: { nodejs: { packageName: "@golive/pulumi" } },
    config: { variables },
    provider: { description: types.describe("Provider", undefined), inputProperties: variables },
    types: types.named,
    resources,
  };
}
export type PackageSchema = ReturnType<typeof packageSchema>;
