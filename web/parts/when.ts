const zone = 'Asia/Shanghai';
// Days are written as the records and the prints write them: 2026-12-31. The Swedish form is that one.
const minute = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false });
const dayOnly = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false });

/** An instant as people of Guangxi read it, to the minute. */
export const atMinute = (instant: string): string => minute.format(new Date(instant));

/** The day of an instant in Guangxi. */
export const onDay = (instant: string): string => dayOnly.format(new Date(instant));

/** The time of day. */
export const atClock = (instant: number): string => clock.format(new Date(instant));
