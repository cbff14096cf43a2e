/** The marks that are drawn here: by name, so that a bundle leaves the others out. */
export { dot, line, type Markish, type PlotOptions, plot, ruleX, ruleY, text } from '@observablehq/plot';
