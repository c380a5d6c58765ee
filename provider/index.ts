export type { Definition, Failure, Field, Fields, Reference } from "./define";
export * from "./errors";
export * from "./functions";
export * from "./resources";
export { providerConfig } from "./provider-config";
