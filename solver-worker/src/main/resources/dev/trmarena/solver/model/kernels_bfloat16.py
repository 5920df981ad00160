# For CPUs with instructions for bfloat16: packed weights, and attention as two products, which use these instructions too.
def pack(w: Tensor) -> Tensor:
  return ops.mkldnn._reorder_linear_weight(w, None)

def linear(x: Tensor, w: Tensor) -> Tensor:
  return ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), "")

# q, k, v of B x H x S x d; scale 1 / sqrt(d)
def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
  scaled = torch.mul(q, torch.pow(torch.size(q, -1), -0.5))
  return torch.matmul(torch.softmax(torch.matmul(scaled, torch.transpose(k, -2, -1)), -1), v)

# down(silu(gate) up), gate and up the halves of gate_up(x)
def swiglu(x: Tensor, gate_up: Tensor, down: Tensor) -> Tensor:
  gate, up = torch.chunk(__torch__.kernels.linear(x, gate_up), 2, -1)
  return __torch__.kernels.linear(torch.mul(torch.silu(gate), up), down)
