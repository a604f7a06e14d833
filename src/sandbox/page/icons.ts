/** The few icons that the page needs, drawn: a machine may lack the font for their characters. */
import { svg, type TemplateResult } from 'lit'

const icon = (path: string) => (): TemplateResult<2> =>
  svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>` as TemplateResult<2>

export const eyeIcon = icon(
  'M12 5C6 5 2 12 2 12s4 7 10 7 10-7 10-7-4-7-10-7Zm0 11.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9Zm0-2a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
)
export const fileIcon = icon('M6 2h8l6 6v14H6a2 2 0 0 1-2-2V4c0-1.1.9-2 2-2Zm7 1.5V9h5.5L13 3.5Z')
export const moreIcon = icon(
  'M5 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm7 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm7 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
)
export const replyIcon = icon('M10 5v4c6 1 9 5 10 11-2.5-3.5-5.5-5-10-5v4l-7-7 7-7Z')
export const sendIcon = icon('M3 20.5v-7l9-1.5-9-1.5v-7L22 12 3 20.5Z')
