# Matrix products and attention as libtorch does them by itself: any device, any dtype.
def pack(w: Tensor) -> Tensor:
  return w

def linear(x: Tensor, w: Tensor) -> Tensor:
  return torch.linear(x, w)

# q, k, v of B x H x S x d; scale 1 / sqrt(d)
def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
  return torch.scaled_dot_product_attention(q, k, v)

# down(silu(gate) up), gate and up the halves of gate_up(x)
def swiglu(x: Tensor, gate_up: Tensor, down: Tensor) -> Tensor:
  gate, up = torch.chunk(__torch__.kernels.linear(x, gate_up), 2, -1)
  return __torch__.kernels.linear(torch.mul(torch.silu(gate), up), down)
