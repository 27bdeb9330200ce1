import { setFlagsFromString } from 'node:v8'

/**
 * Importing this first keeps the heap small. Commands that read line after line keep next to nothing, and V8 would
 * still let the heap grow to several times what is kept. It asks for both settings whenever it thinks of growing: the
 * nursery stays as small as it starts, and the rest grows by half at a time. Costs a few collections, spares 50 MB.
 */
setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--heap-growing-percent=50')
