// The simulated time on screen, always in Vietnam's zone.

const zone = { timeZone: "Asia/Ho_Chi_Minh" };
const hours = new Intl.DateTimeFormat("vi-VN", { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const days = new Intl.DateTimeFormat("vi-VN", { ...zone, day: "2-digit", month: "2-digit", year: "numeric" });

export const hourOf = (seconds) => hours.format(seconds * 1000);
export const dayOf = (seconds) => days.format(seconds * 1000);

export class Clock {
  constructor(face) {
    this.face = face;
    this.begun = Date.now();
    this.seen = performance.now();
    setInterval(() => this.draw(), 1000);
  }

  set(now) {
    this.begun = Date.parse(now);
    this.seen = performance.now();
    this.draw();
  }

  draw() {
    const now = (this.begun + performance.now() - this.seen) / 1000;
    const text = `${hourOf(now)} ngày ${dayOf(now)}`;
    if (this.face.textContent !== text) this.face.textContent = text;
  }
}
