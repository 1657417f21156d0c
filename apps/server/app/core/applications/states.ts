import type { Application, ApplicationType, EpochMs, UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { applicationIdOf } from "../shared/ids.ts";

/** How long an application may be answered, in milliseconds; afterwards it can be made anew. */
const EXPIRES_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/** How long after a refusal the same person may not apply again, in milliseconds: nobody is to be worn down. */
const REAPPLY_AFTER_MS = 24 * 60 * 60 * 1000;

/** A new application, or the same one made anew. */
export function newApplication(
  type: ApplicationType,
  applicant: UserId,
  target: string,
  description: string,
  at: EpochMs,
): Application {
  return {
    applicationId: applicationIdOf(type, applicant, target),
    type,
    target,
    applicant,
    description,
    status: "pending",
    createdAt: at,
    updatedAt: at,
    expiresAt: at + EXPIRES_AFTER_MS,
  };
}

/** Whether it waits for an answer. */
export function isOpen({ status, expiresAt }: Application, at: EpochMs): boolean {
  return status === "pending" && at < expiresAt;
}

/** @throws {ImError} `RATE_LIMITED` when it was refused a short time ago */
export function requireMayReapply({ status, updatedAt }: Application, at: EpochMs): void {
  const retryAfterMs = updatedAt + REAPPLY_AFTER_MS - at;
  if (status === "refused" && retryAfterMs > 0) {
    throw new ImError("RATE_LIMITED", "it was refused; apply again later", { retryAfterMs });
  }
}

/**
 * The application with its answer; the very same object when that is its answer already.
 *
 * @throws {ImError} `CONFLICT` when it was answered otherwise or has expired
 */
export function answered(application: Application, accepted: boolean, by: UserId, at: EpochMs): Application {
  const status = accepted ? "accepted" : "refused";
  if (application.status === status) return application;
  if (!isOpen(application, at)) {
    const details = { status: application.status === "pending" ? "expired" : application.status };
    throw new ImError("CONFLICT", "it was answered otherwise, or has expired", { details });
  }
  return { ...application, status, updatedAt: at, answeredBy: by };
}

/**
 * The application as its applicant has taken it back; the very same object when they have done so already.
 *
 * @throws {ImError} `CONFLICT` when it was answered
 */
export function withdrawn(application: Application, at: EpochMs): Application {
  if (application.status === "withdrawn") return application;
  if (application.status !== "pending") {
    throw new ImError("CONFLICT", "it was answered already", { details: { status: application.status } });
  }
  return { ...application, status: "withdrawn", updatedAt: at };
}
