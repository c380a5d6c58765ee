/** Whose an object is: the URN of the resource in its program. Unknown where an earlier build wrote the state. */
export type Owner = string | undefined;

interface UrnParts {
  readonly stack: string;
  readonly project: string;
  readonly name: string;
}

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME` in its parts. */
function urnParts(urn: string): UrnParts {
  const [head = "", project = "", , ...name] = urn.split("::");
  return { stack: head.slice(head.lastIndexOf(":") + 1), project, name: name.join("::") };
}

/** Whether both are resources of one program in one stack: then one may have become the other. */
export function isOneProgram(a: string, b: string): boolean {
  const [x, y] = [urnParts(a), urnParts(b)];
  return x.stack === y.stack && x.project === y.project;
}

/** How a message names an owner: `"web" of stack production, project shop`. */
export function spoken(urn: string): string {
  const { stack, project, name } = urnParts(urn);
  return `"${name}" of stack ${stack}, project ${project}`;
}
