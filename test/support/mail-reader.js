/* global document, getComputedStyle */
/** Runs in the page: what a reader of the mail gets. */
(() => {
  const numbers = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [r = 0, g = 0, b = 0] = numbers(color).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element) => {
    if (!element) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return numbers(backgroundColor)[3] === 0 ? backgroundOf(element.parentElement) : backgroundColor;
  };
  const contrastOf = (element) => {
    const both = [getComputedStyle(element).color, backgroundOf(element)].map(luminance);
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  };
  const speaking = [...document.body.querySelectorAll('*')].filter((element) =>
    [...element.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim()),
  );
  return {
    lang: document.documentElement.lang,
    title: document.title,
    scrollWidth: document.documentElement.scrollWidth,
    cardWidth: document.querySelector('.card')?.getBoundingClientRect().width,
    links: [...document.links].map(({ textContent, href }) => ({ text: textContent, href })),
    pictures: [...document.images].map(({ src }) => src),
    contrasts: speaking.map((element) => ({ text: element.textContent, ratio: contrastOf(element) })),
    isDark: luminance(backgroundOf(document.body)) < 0.2,
  };
})();
