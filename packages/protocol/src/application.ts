import { z } from "zod";
import { MAX_GREETING_LENGTH } from "./limits.ts";
import { epochMs, id, pageToken, printable, queryLimit } from "./scalars.ts";

/** What is asked for: to be somebody's contact, or a member of a group. */
export const applicationType = z.enum(["friend", "group"]);
export type ApplicationType = z.infer<typeof applicationType>;

/** `pending` until `expiresAt`, and from then on as if it had never been made. */
export const applicationStatus = z.enum(["pending", "accepted", "refused", "withdrawn"]);
export type ApplicationStatus = z.infer<typeof applicationStatus>;

/**
 * An application in its present state, the same for all who may see it. One applicant has one application of a type to
 * one target; made anew, it is the same one with another `createdAt`.
 */
export const application = z.object({
  applicationId: id,
  type: applicationType,
  /** The user, or the group, that it is made to. */
  target: id,
  /** Who made it; absent: the system. */
  applicant: id.optional(),
  /** The member who proposed the applicant to a group; absent: they applied by themself. */
  proposer: id.optional(),
  /** The greeting; may be empty. */
  description: z.string(),
  status: applicationStatus,
  createdAt: epochMs,
  updatedAt: epochMs,
  expiresAt: epochMs,
  answeredBy: id.optional(),
});
export type Application = z.infer<typeof application>;

/** `POST /api/v1/applications` */
export const applyRequest = z.object({
  type: applicationType,
  target: id,
  description: printable
    .transform((text) => text.trim())
    .pipe(z.string().max(MAX_GREETING_LENGTH))
    .default(""),
});
export type ApplyRequest = z.input<typeof applyRequest>;

/** `GET /api/v1/applications` */
export const listApplicationsRequest = z.object({ limit: queryLimit, page: pageToken.optional() });

export const applicationsResponse = z.object({
  applications: z.array(application),
  more: z.boolean(),
  page: pageToken.optional(),
});
export type ApplicationsResponse = z.infer<typeof applicationsResponse>;
