/** Times as Discord writes them beside a name. */

/** "Today at 21:31", "Yesterday at 09:00", "20/09/2025 12:00": in the reader's own language and zone. */
export function shortTime(iso: string, now: Date = new Date()): string {
  const date = new Date(iso)
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  if (sameDay(date, now)) return `Today at ${time}`
  const yesterday = new Date(now)
  yesterday.setDate(now.getDate() - 1)
  return sameDay(date, yesterday) ? `Yesterday at ${time}` : `${date.toLocaleDateString()} ${time}`
}

const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString()
