import { describe, expect, it, vi } from "vitest";
import { VoicePlayer } from "./voice-player.ts";

/** A sound of three seconds that plays when it is told to, and tells what the browser's own tells. */
class FakeSound extends EventTarget {
  src = "";
  currentTime = 0;
  playbackRate = 1;
  paused = true;
  play = vi.fn(async () => {
    this.paused = false;
    this.dispatchEvent(new Event("playing"));
  });

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }

  goTo(seconds: number): void {
    this.currentTime = seconds;
    this.dispatchEvent(new Event("timeupdate"));
  }
}

function player() {
  const sound = new FakeSound();
  return { sound, voice: new VoicePlayer(() => sound) };
}

const read = () => Promise.resolve(new Blob(["sound"]));

describe("VoicePlayer", () => {
  it("plays one at a time, each read once and gone on with where it was", async () => {
    const { sound, voice } = player();
    const readOnce = vi.fn(read);
    await voice.play("a", readOnce);
    sound.goTo(1.2);
    expect(voice.get()).toMatchObject({ fileId: "a", status: "playing", at: 1_200 });
    voice.pause();
    expect(voice.get().status).toBe("paused");
    await voice.play("a", readOnce);
    expect(readOnce).toHaveBeenCalledTimes(1);
    expect(voice.get()).toMatchObject({ status: "playing", at: 1_200 });
    await voice.play("b", read);
    expect(voice.get()).toMatchObject({ fileId: "b", status: "playing", at: 0 });
  });

  it("keeps its speed from one to the next", async () => {
    const { sound, voice } = player();
    await voice.play("a", read);
    voice.nextRate();
    expect(sound.playbackRate).toBe(1.5);
    await voice.play("b", read);
    expect(sound.playbackRate).toBe(1.5);
    voice.nextRate();
    voice.nextRate();
    expect(voice.get().rate).toBe(1);
  });

  it("starts nothing that was given up while it was read", async () => {
    const { sound, voice } = player();
    let give: (blob: Blob) => void = () => undefined;
    const first = voice.play("a", () => new Promise<Blob>((resolve) => (give = resolve)));
    await voice.play("b", read);
    give(new Blob(["late"]));
    await first;
    expect(voice.get()).toMatchObject({ fileId: "b", status: "playing" });
    expect(sound.play).toHaveBeenCalledTimes(1);
  });

  it("says what failed, and begins anew when asked again", async () => {
    const { voice } = player();
    await voice.play("a", () => Promise.reject(new Error("gone")));
    expect(voice.get()).toMatchObject({ status: "failed", error: new Error("gone") });
    await voice.play("a", read);
    expect(voice.get()).toMatchObject({ status: "playing" });
    expect(voice.get()).not.toHaveProperty("error");
  });
});
