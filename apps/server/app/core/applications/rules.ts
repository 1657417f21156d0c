import type { Application, UserId } from "@im-webapp/protocol";

/** What applications of one type mean: who may make them, who may answer them, and what an answer brings about. */
export interface ApplicationRules {
  /**
   * Makes an application, or gives the one that is pending already. Repeating it changes nothing.
   *
   * @throws {ImError} `NOT_FOUND`, `CONFLICT`, `RATE_LIMITED`
   */
  apply(applicant: UserId, target: string, description: string): Promise<Application>;
  /**
   * Accepts or refuses. Repeating the same answer changes nothing.
   *
   * @param application as it was found; only what never changes of it may be relied upon
   * @throws {ImError} `NOT_FOUND` to all who may not answer it, `CONFLICT` when it was answered otherwise or has expired
   */
  answer(userId: UserId, application: Application, accepted: boolean): Promise<Application>;
  /**
   * Takes back an application of the user's own. Repeating it changes nothing.
   *
   * @param application as for `answer`
   * @throws {ImError} `CONFLICT` when it was answered
   */
  withdraw(application: Application & { readonly applicant: UserId }): Promise<Application>;
}
