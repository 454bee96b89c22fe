/** Finds QR codes in pictures: with the browser's own detector, or with one that is loaded only where there is none. */

export interface QrDetector {
  detect: (picture: HTMLVideoElement) => Promise<{ rawValue: string }[]>
}

interface NativeDetector {
  new (options: { formats: string[] }): QrDetector
  getSupportedFormats: () => Promise<string[]>
}

const FORMAT = 'qr_code'

export async function createQrDetector(): Promise<QrDetector> {
  const { BarcodeDetector: Native } = globalThis as { BarcodeDetector?: NativeDetector }
  if (Native && (await Native.getSupportedFormats()).includes(FORMAT))
    return new Native({ formats: [FORMAT] })
  return (await import('./zxing-detector')).createZxingDetector()
}
