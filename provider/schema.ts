import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type Definition, type Field, type Fields, namesOf } from "./define";
import type { FunctionDefinition } from "./functions";
import { languages, metadata } from "./package-metadata";
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
interface ObjectSpec {
  readonly type: "object";
  readonly description?: string;
  readonly properties: PropertySpecs;
  readonly required?: readonly string[];
}
export interface FunctionSpec {
  readonly description: string | undefined;
  readonly inputs: ObjectSpec;
  readonly outputs: ObjectSpec;
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

/** @param at Where the comments of the fields are found, if elsewhere than at the type. */
function propertiesOf(
  type: string,
  fields: Fields,
  types: Types,
  mark: (field: Field) => object = () => ({}),
  at = type,
): PropertySpecs {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const json = z.toJSONSchema(field.schema, { io: "input" }) as Json;
      const property = types.property(json, typeName(type, fields, name), `${at}.${name}`);
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

/** A function asks by fields of its own; what it tells of a resource has the resource's types and comments. */
function functionOf(definition: FunctionDefinition, resources: Source["definitions"], types: Types): FunctionSpec {
  const { type, about, inputs, outputs } = definition;
  const own = capital(type);
  const resource = about && resources[about];
  const known: Fields = { ...resource?.inputs, ...resource?.outputs };
  const properties = Object.entries(outputs).flatMap(([name, field]) => {
    const from = about && name in known ? [about, about] : [own, type];
    return Object.entries(propertiesOf(from[0]!, { [name]: field }, types, undefined, from[1]));
  });
  const object = (fields: PropertySpecs, required: readonly string[]): ObjectSpec => ({
    type: "object",
    properties: fields,
    ...(required.length > 0 && { required }),
  });
  return {
    description: types.describe(type, undefined),
    inputs: object(propertiesOf(about ?? own, inputs, types, undefined, type), namesOf(inputs, isRequired)),
    outputs: object(withoutDefaults(Object.fromEntries(properties)), namesOf(outputs, isAlwaysThere)),
  };
}

function configOf(fields: Fields, types: Types): PropertySpecs {
  const properties = Object.entries(propertiesOf("Provider", fields, types));
  return Object.fromEntries(
    properties.map(([name, property]) => [name, { ...property, defaultInfo: { environment: [variableOf(name)] } }]),
  );
}

/** What the package schema is made of; the comments are read from the definitions' source, by the tests. */
export interface Source {
  readonly version: string;
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly functions: Readonly<Record<string, FunctionDefinition>>;
  readonly config: Fields;
  readonly comments: Comments;
}

/** The definitions as a Pulumi package schema. Pure: a test keeps schema.json equal to it. */
export function packageSchema({ version, definitions, functions, config, comments }: Source) {
  const types = new Types(comments);
  const variables = configOf(config, types);
  const resources: Record<string, ResourceSpec> = Object.fromEntries(
    Object.values(definitions).map((definition) => [tokenOf(definition.type), resourceOf(definition, types)]),
  );
  const questions: Record<string, FunctionSpec> = Object.fromEntries(
    Object.values(functions).map((one) => [tokenOf(one.type), functionOf(one, definitions, types)]),
  );
  return {
    name: packageName,
    version,
    ...metadata,
    meta: { moduleFormat: "(.*)" },
    language: languages,
    config: { variables },
    provider: { description: types.describe("Provider", undefined), inputProperties: variables },
    types: types.named,
    resources,
    functions: questions,
  };
}
export type PackageSchema = ReturnType<typeof packageSchema>;
