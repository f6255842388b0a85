export default {
  globs: ['src/elements/lesspay-*.ts'],
  outdir: 'dist',
  litelement: true,
};
