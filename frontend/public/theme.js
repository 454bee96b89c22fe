/**
 * Puts the theme in force that the person chose (src/shared/theme/theme.ts). Each page waits for it before it paints, so that
 * the other theme never flashes. A file, since a page at a domain of one's own may run no script that stands in itself.
 */
document.documentElement.dataset.theme = localStorage.getItem('serverlesspresso.theme') ?? 'auto'
