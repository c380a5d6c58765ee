export type { Definition, Failure, Field, Fields, Reference } from "./define";
export * from "./errors";
export * from "./resources";
