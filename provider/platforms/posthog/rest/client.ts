import { Conflict, Forbidden, Invalid, Refused, RequestError, Unsupported } from "../../../errors";
import type { Answer, Http, Request } from "../../../http";
import type { PosthogConfig } from "../access";
import { approvalStep, planStep } from "../capabilities";
import type { Scopes } from "../scopes";

interface Page<W> {
  readonly next: string | null;
  readonly results: readonly W[];
}
/** Objects in one answer of a list. */
const pageSize = 200;

/** A part of an address: what a program or a server wrote stays one part. */
export const part = (id: string | number): string => encodeURIComponent(String(id));
export const inProject = (project: string, path: string): string => `api/projects/${part(project)}/${path}`;
export const inOrganization = (id: string, path = ""): string => `api/organizations/${part(id)}/${path}`;

/** The API with a personal key. Its errors are told apart by status and code, never by the type that they name. */
export class Api {
  constructor(
    private readonly http: Http,
    private readonly config: PosthogConfig,
    readonly scopes: Scopes,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.#send<T>({ method: "GET", path });
  }

  /** A write, when the key may do all that is planned. @param scope What the key needs for it. */
  async write<T>(
    scope: string,
    method: "POST" | "PATCH" | "DELETE",
    path: string,
    json?: unknown,
    repeatable = method === "DELETE",
  ): Promise<T> {
    await this.scopes.require(scope);
    return this.#send<T>({ method, path, repeatable, ...(json !== undefined && { json }) });
  }

  /** Every object of a list. Of the address that a page names as the next, only where it begins is believed. */
  async all<W>(path: string, query: Readonly<Record<string, string>> = {}): Promise<readonly W[]> {
    const found: W[] = [];
    for (let offset = 0; ;) {
      const asked = new URLSearchParams({
        ...query,
        limit: String(pageSize),
        ...(offset > 0 && { offset: String(offset) }),
      });
      const { results, next } = await this.get<Page<W>>(`${path}?${asked}`);
      if (!Array.isArray(results))
        throw new RequestError(
          `GET ${path} was answered without a list`,
          { method: "GET", url: path },
          "Check the endpoint.",
        );
      found.push(...results);
      const from = next ? Number(new URL(next, "http://localhost").searchParams.get("offset")) : 0;
      if (!(from > offset)) return found;
      offset = from;
    }
  }

  async #send<T>(request: Omit<Request, "credential">): Promise<T> {
    if (!this.config.apiKey) throw new Unsupported("this needs a personal key", "Set GOLIVE_API_KEY.");
    try {
      const answer: Answer = await this.http.send({ ...request, credential: this.config.apiKey });
      return answer.body as T;
    } catch (error) {
      throw named(error);
    }
  }
}

/** What some refusals come to: a step for a person. */
function named(error: unknown): unknown {
  if (!(error instanceof RequestError)) return error;
  const { status, code } = error.exchange;
  if (status === 409 && code === "approval_required") return new Refused(error.message, approvalStep);
  if (status === 400 && code === "policy_conflict") return new Refused(error.message, approvalStep);
  if (status === 402)
    return new Refused(error.message, "Upgrade the plan of the organization, then run `pulumi up` again.");
  if (error instanceof Forbidden && /maximum limit of allowed projects/.test(error.message))
    return new Refused(error.message, planStep);
  return error;
}

/** Whether somebody else wrote in between. */
export const isStale = (error: unknown): boolean => error instanceof Conflict;
/** Whether the platform refuses the values, in words like these. */
export const refusedWith = (error: unknown, words: RegExp): error is Invalid =>
  error instanceof Invalid && words.test(error.message);
