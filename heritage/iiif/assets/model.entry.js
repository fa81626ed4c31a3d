// A 3D model on our pages, by three.js: turned with the pointer or the arrow keys, fetched only when it is asked for.
import { AmbientLight, Box3, Color, DirectionalLight, PerspectiveCamera, Scene, TextureLoader, Vector3, WebGLRenderer } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";

const VIEW = 40; // degrees from the upper to the lower edge
const STEP = Math.PI / 24; // radians of one key press
const NEARER = 0.9;

// Draws the GLB file at `address` in `space`, whose size it follows; fails where the browser has no WebGL.
export async function draw(space, address) {
  const renderer = new WebGLRenderer({ antialias: true });
  renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
  const scene = new Scene();
  scene.background = new Color(0x14110f);
  const { scene: model } = await loader().loadAsync(address);
  scene.add(model, new AmbientLight(0xffffff, 1.4));
  const camera = new PerspectiveCamera(VIEW, 1, 0.01, 1000);
  const lamp = new DirectionalLight(0xffffff, 2.2);
  camera.add(lamp);
  scene.add(camera);
  frame(model);
  stand(camera, space.clientWidth / space.clientHeight);
  space.replaceChildren(renderer.domElement);
  const controls = new OrbitControls(camera, renderer.domElement);
  const show = () => renderer.render(scene, camera);
  const fit = () => {
    const { clientWidth, clientHeight } = space;
    camera.aspect = clientWidth / clientHeight;
    camera.updateProjectionMatrix();
    renderer.setSize(clientWidth, clientHeight);
    show();
  };
  controls.update();
  controls.addEventListener("change", show);
  space.addEventListener("keydown", (event) => turn(event, controls));
  new ResizeObserver(fit).observe(space);
  fit();
}

// Pictures inside the file come as blobs: as elements they are allowed, as requests our policy forbids them.
function loader() {
  return new GLTFLoader().register((parser) => {
    parser.textureLoader = new TextureLoader(parser.options.manager);
    return { name: "pictures-as-elements" };
  });
}

// The model in the middle at a size of one.
function frame(model) {
  const box = new Box3().setFromObject(model);
  const size = box.getSize(new Vector3());
  model.scale.multiplyScalar(1 / Math.max(size.x, size.y, size.z, 1e-9));
  model.position.sub(new Box3().setFromObject(model).getCenter(new Vector3()));
}

// A little above and beside the model, so far off that all of it is seen however it is turned.
function stand(camera, aspect) {
  const half = Math.sin((VIEW * Math.PI) / 360) * Math.min(aspect, 1);
  camera.position.set(0.5, 0.4, 1).setLength(Math.sqrt(3) / 2 / half);
}

function turn(event, controls) {
  const { object: camera } = controls;
  const across = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
  const nearer = { "+": NEARER, "=": NEARER, "-": 1 / NEARER }[event.key];
  const down = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
  if (!across && !nearer && !down) return;
  event.preventDefault();
  if (across) camera.position.applyAxisAngle(new Vector3(0, 1, 0), across);
  if (nearer) camera.position.multiplyScalar(nearer);
  if (down) tilt(camera, down);
  controls.update();
}

// Up and down, never over the top.
function tilt(camera, angle) {
  const side = new Vector3().crossVectors(camera.position, new Vector3(0, 1, 0)).normalize();
  const moved = camera.position.clone().applyAxisAngle(side, -angle);
  if (Math.abs(moved.y) < moved.length() * 0.98) camera.position.copy(moved);
}
