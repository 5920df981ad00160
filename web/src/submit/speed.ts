const WINDOW_MILLIS = 4000;

/** Bytes a second over the last seconds: neither the mean since the start, which hides a stall, nor the last moment alone. */
export class Speed {
  private samples: { readonly time: number; readonly sent: number }[] = [];

  /** @returns null until there is enough to tell */
  at(time: number, sent: number): number | null {
    const last = this.samples.at(-1);
    // What was sent in vain is sent again: counting begins anew.
    if (last && sent < last.sent) this.samples = [];
    const now = { time, sent };
    this.samples.push(now);
    this.samples = this.samples.filter((sample) => time - sample.time <= WINDOW_MILLIS);
    const first = this.samples[0] ?? now;
    return time - first.time < 500 ? null : ((sent - first.sent) * 1000) / (time - first.time);
  }
}
