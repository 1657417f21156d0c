import {
  type Application,
  type ApplicationType,
  type ApplicationsResponse,
  type UserId,
  applyRequest,
  listApplicationsRequest,
} from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import type { ApplicationReader } from "./application-reader.ts";
import type { ApplicationRules } from "./rules.ts";

/** Making, answering and listing applications of every type. */
export class Applications {
  readonly #rules: Partial<Record<ApplicationType, ApplicationRules>>;
  readonly #reader: ApplicationReader;
  readonly #limit: CallLimit;

  /** `limit` counts the applications that a user makes. */
  constructor(rules: Partial<Record<ApplicationType, ApplicationRules>>, reader: ApplicationReader, limit: CallLimit) {
    this.#rules = rules;
    this.#reader = reader;
    this.#limit = limit;
  }

  /** @throws {ImError} as the type's rules do, `RATE_LIMITED` for one who applies to very many */
  async apply(userId: UserId, payload: unknown): Promise<Application> {
    const { type, target, description } = validate(applyRequest, payload);
    await requireBudget(this.#limit, userId);
    return this.#rulesOf(type).apply(userId, target, description);
  }

  /** @throws {ImError} as the type's rules do */
  async answer(userId: UserId, applicationId: string, accepted: boolean): Promise<Application> {
    const stored = await this.#reader.find(applicationId);
    if (!stored || stored.withheld) throw new ImError("NOT_FOUND", "there is no such application");
    return this.#rulesOf(stored.application.type).answer(userId, stored.application, accepted);
  }

  /** @throws {ImError} `NOT_FOUND` to all but the applicant, `CONFLICT` when it was answered */
  async withdraw(userId: UserId, applicationId: string): Promise<Application> {
    const application = (await this.#reader.find(applicationId))?.application;
    if (application?.applicant !== userId) throw new ImError("NOT_FOUND", "there is no such application");
    return this.#rulesOf(application.type).withdraw({ ...application, applicant: userId });
  }

  async list(userId: UserId, payload: unknown): Promise<ApplicationsResponse> {
    const { limit, page } = validate(listApplicationsRequest, payload);
    const [updatedAt, applicationId] = page === undefined ? [] : decodePage(page, ["number", "string"]);
    const before = updatedAt === undefined || applicationId === undefined ? undefined : { updatedAt, applicationId };
    const found = await this.#reader.list(userId, before, limit + 1);
    const applications = found.slice(0, limit);
    const last = applications.at(-1);
    const more = found.length > limit && last !== undefined;
    return { applications, more, ...(more && { page: encodePage([last.updatedAt, last.applicationId]) }) };
  }

  #rulesOf(type: ApplicationType): ApplicationRules {
    const rules = this.#rules[type];
    if (!rules) throw new ImError("BAD_REQUEST", `there are no applications of the type ${type}`);
    return rules;
  }
}
