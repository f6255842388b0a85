// Express 4 under another name, for what the tests use of it typed like Express 5.
declare module 'express4' {
  import express from 'express';
  export default express;
}
