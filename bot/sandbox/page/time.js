// The simulated time on screen, always in Vietnam's zone and written as it is there.

const zone = { timeZone: "Asia/Ho_Chi_Minh" };
const hours = new Intl.DateTimeFormat("vi-VN", { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const days = new Intl.DateTimeFormat("vi-VN", { ...zone, day: "2-digit", month: "2-digit", year: "numeric" });

export const hourOf = (seconds) => hours.format(seconds * 1000);
export const dayOf = (seconds) => days.format(seconds * 1000);

export class Clock {
  // shown(hour, day) is called whenever what is to be read changes.
  constructor(shown) {
    this.shown = shown;
    this.begun = Date.now();
    this.seen = performance.now();
    setInterval(() => this.draw(), 1000);
  }

  set(now) {
    this.begun = Date.parse(now);
    this.seen = performance.now();
    this.draw();
  }

  get now() { return (this.begun + performance.now() - this.seen) / 1000; }

  draw() {
    const text = `${hourOf(this.now)} ${dayOf(this.now)}`;
    if (this.last === text) return;
    this.last = text;
    this.shown(hourOf(this.now), dayOf(this.now));
  }
}
