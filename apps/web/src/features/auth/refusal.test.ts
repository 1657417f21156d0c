import { describe, expect, it } from "vitest";
import { refusedFields } from "./refusal.ts";

describe("refusedFields", () => {
  it("names the fields of a bad request", () => {
    const error = {
      code: "BAD_REQUEST",
      message: "",
      details: {
        fields: [
          { path: "phone", message: "" },
          { path: "device.name", message: "" },
        ],
      },
    };
    expect(refusedFields(error)).toEqual({ phone: "phoneInvalid" });
  });

  it("takes a conflict for the username unless it names another field", () => {
    expect(refusedFields({ code: "CONFLICT", message: "" })).toEqual({ username: "nameTaken" });
    expect(
      refusedFields({ code: "CONFLICT", message: "", details: { fields: [{ path: "phone", message: "" }] } }),
    ).toEqual({
      phone: "phoneTaken",
    });
  });

  it("leaves everything else to be shown as a whole", () => {
    expect(refusedFields({ code: "UNAVAILABLE", message: "" })).toEqual({});
    expect(refusedFields(new Error("boom"))).toEqual({});
    expect(refusedFields(null)).toEqual({});
  });
});
