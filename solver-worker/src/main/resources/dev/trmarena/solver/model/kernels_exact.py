# The yardstick: products, attention and the gate in float64, each result rounded once to the type, so that it does not
# depend on the order in which a machine sums. Any device that has float64; slow.
def pack(w: Tensor) -> Tensor:
  return torch.to(w, 7)

def linear(x: Tensor, w: Tensor) -> Tensor:
  return torch.to(torch.linear(torch.to(x, 7), w), ops.prim.dtype(x))

# q, k, v of B x H x S x d; scale 1 / sqrt(d)
def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
  scaled = torch.mul(torch.to(q, 7), torch.pow(torch.size(q, -1), -0.5))
  seen = torch.softmax(torch.matmul(scaled, torch.transpose(torch.to(k, 7), -2, -1)), -1)
  return torch.to(torch.matmul(seen, torch.to(v, 7)), ops.prim.dtype(q))

# down(silu(gate) up), gate and up the halves of gate_up(x)
def swiglu(x: Tensor, gate_up: Tensor, down: Tensor) -> Tensor:
  gate, up = torch.chunk(__torch__.kernels.linear(x, gate_up), 2, -1)
  shut = torch.to(torch.silu(torch.to(gate, 7)), ops.prim.dtype(x))
  return __torch__.kernels.linear(torch.mul(shut, up), down)
