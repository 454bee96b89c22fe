/** The QR code's picture. */
import { renderSVG } from 'uqr'

const QUIET_ZONE = 4 // modules, as ISO/IEC 18004 demands; scanners fail with less before a dark wall
/** From here on more correction costs larger modules than it is worth: a screen has no scratches, but is far away. */
const LONG_LINK = 80

/** Black on white in either theme: many scanners read no other. An address for `<img>`. */
export function qrImage(text: string): string {
  const ecc = text.length > LONG_LINK ? 'L' : 'M'
  return `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { ecc, border: QUIET_ZONE }))}`
}
