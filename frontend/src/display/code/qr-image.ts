/** The QR code's picture. */
import { renderSVG } from 'uqr'

const QUIET_ZONE = 4 // modules, as ISO/IEC 18004 demands; scanners fail with less before a dark wall

/** Black on white in either theme: many scanners read no other. An address for `<img>`. */
export function qrImage(text: string): string {
  return `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { ecc: 'M', border: QUIET_ZONE }))}`
}
