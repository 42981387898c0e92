// What static/network.js needs to draw a network, and no more.
export { default as Graph } from "graphology";
export { default as Sigma } from "sigma";
export { EdgeRectangleProgram, NodeCircleProgram } from "sigma/rendering";
export { NodeSquareProgram } from "@sigma/node-square";
