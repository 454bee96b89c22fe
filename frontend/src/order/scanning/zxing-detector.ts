/** ZXing as WebAssembly, from beside the page: by default it would come from somebody else's server. */
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

export function createZxingDetector(): BarcodeDetector {
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } })
  return new BarcodeDetector({ formats: ['qr_code'] })
}
